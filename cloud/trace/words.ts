// Captions in words, for what is written outside the page.
import { type Caption, captionOutsideFlows } from '../../src/flows';
import type { Step } from '../../src/sim';
import { captionText } from '../../src/words';
import { createWords } from '../../src/words/all';

export const words = createWords();

export const told = (caption: Caption): string => captionText(words, caption);
export const toldOutsideFlows = (step: Step): string => told(captionOutsideFlows(step));
