// Types of the words; the only part of this room that flows may see.
import type captions from './en/captions.json';

export type CaptionId = keyof typeof captions;
