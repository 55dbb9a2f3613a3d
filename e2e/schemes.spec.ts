// Every scheme in every variant: opened from the map, stepped through to the end, and back again.
import { controls, countSteps, expect, SCHEME_IDS, SCHEMES, STILL, shown, test } from './app';

test.use(STILL);

const TEXT = 'Dear diary, today I was sealed.';

for (const id of SCHEME_IDS) {
  for (const [at, variant] of SCHEMES[id].variants.entries()) {
    test(`${id} ${variant} steps through PUT and GET, and back exactly`, async ({ page }) => {
      const { next, previous, slider, inspector, status, alert, tab, row, ...c } = controls(page);
      await page.goto('/');
      await row(id).click();
      await expect(slider).toBeEnabled();
      if (at > 0) {
        await c.variant.selectOption(variant);
        await expect(page).toHaveURL(new RegExp(`variant=${variant}`));
        await expect(slider).toBeEnabled();
      }
      await expect(slider).toHaveValue('0');
      await expect(status).toHaveText(/^(Ready\. )?At the start\. \d+ steps\.$/);
      await expect(page.getByRole('status')).toHaveCount(1);

      const steps = await countSteps(page);
      expect(steps).toBeGreaterThan(10);
      const way = [await shown(page)];
      for (let n = 1; n <= steps; n++) {
        await next.click();
        const sentence = new RegExp(`^Step ${n} of ${steps}(, failed)?\\. .+`);
        await expect(status.or(alert).filter({ hasText: sentence })).toHaveCount(1);
        const here = await shown(page);
        const caption = here.said.replace(/^[^.]+\. /, '');
        expect(here.slider).toBe(`Step ${n} of ${steps}: ${caption}`);
        expect(here.inspector).toContain(caption);
        expect(here.stageText).toContain(caption);
        way.push(here);
      }
      await expect(next).toBeDisabled();

      // The object is back where it came from.
      await expect(status).toContainText('object');
      await tab('Wire').click();
      await expect(inspector).toContainText(TEXT);
      await tab('Bytes').click();
      await expect(inspector).toContainText('44 65 61 72 20 64 69 61'); // "Dear dia"
      await tab('Explain').click();

      for (let n = steps - 1; n >= 0; n--) {
        await previous.click();
        await expect.poll(() => shown(page)).toEqual(way[n]);
      }
      await expect(previous).toBeDisabled();
    });
  }
}
