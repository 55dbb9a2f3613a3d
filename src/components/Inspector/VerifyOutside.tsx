// A command that computes the same with a tool that is not ours, to be copied into a terminal, and what it prints.
import { outsideOf, TOOLS } from '../../flows';
import type { DeedStep } from '../../sim/types';
import { CopyButton } from '../CopyButton/CopyButton';
import { usePlayed, usePlayer, useWords } from '../context';
import { toHex } from './bytes';
import styles from './Inspector.module.css';
import verify from './Verify.module.css';

/** Why there is nothing to compute again; undefined where nobody would look for it. */
function whyNot({ failed, deed, algorithm, outputs }: DeedStep): string | undefined {
  if (failed) return 'none failed';
  if (Object.keys(outputs).length === 0) return undefined;
  if (algorithm.startsWith('RSA')) return 'none rsa';
  return deed === 'generates' ? 'none random' : undefined;
}

export function VerifyOutside({ step }: { readonly step: DeedStep }) {
  const words = useWords('inspector');
  const player = usePlayer();
  const preferred = usePlayed((s) => s.settings.tool);
  const outside = outsideOf(step);
  const why = outside === 'too long' ? outside : outside ? undefined : whyNot(step);
  if (why)
    return (
      <section className={styles.section}>
        <h3>{words('verify')}</h3>
        <p className={styles.quiet}>{words(`verify ${why}`)}</p>
      </section>
    );
  if (!outside || outside === 'too long') return null;
  const tools = TOOLS.filter((tool) => outside.commands[tool] !== undefined);
  const tool = tools.find((one) => one === preferred) ?? tools[0] ?? 'node';
  const command = outside.commands[tool] ?? '';
  const prints = toHex(tool === 'openssl' ? outside.opensslPrints : outside.prints);
  const isWithoutTag = tool === 'openssl' && outside.opensslPrints !== outside.prints;
  return (
    <section className={styles.section}>
      <h3>{words('verify')}</h3>
      <fieldset className={verify.tools}>
        <legend className="visually-hidden">{words('verify tool')}</legend>
        {tools.map((one) => (
          <label key={one} className={verify.tool} data-on={one === tool || undefined}>
            <input
              type="radio"
              name="tool"
              value={one}
              checked={one === tool}
              onChange={() => player.set({ tool: one })}
            />
            {words(`verify ${one}`)}
          </label>
        ))}
      </fieldset>
      <div className={verify.card}>
        <div className={verify.head}>
          <span>{words('verify command')}</span>
          <CopyButton text={command}>{words('verify copy')}</CopyButton>
        </div>
        <pre className={verify.code}>{command}</pre>
        <div className={verify.head}>
          <span>{words(isWithoutTag ? 'verify prints without tag' : 'verify prints')}</span>
        </div>
        <pre className={verify.code}>{prints}</pre>
        {tool === 'openssl' && step.algorithm === 'AES-256-GCM' && !isWithoutTag && (
          <p className={styles.quiet}>{words('verify tag unchecked')}</p>
        )}
      </div>
    </section>
  );
}
