// The way into a presentation, from a key or a press: browsers fill the screen for nothing less.
import type { Player } from '../../player';
import { fillScreen } from './useScreen';

export function present(player: Player): void {
  fillScreen();
  player.choose({ view: 'present' });
}
