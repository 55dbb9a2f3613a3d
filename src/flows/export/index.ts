// A recording as documents for other tools: JSON, HTTP Archive, lines of text. Projections; in pieces, as bodies are large.
export { asHar } from './har';
export { json, type Pieces } from './json';
export { lines, secretsOf, stepsOf } from './steps';
