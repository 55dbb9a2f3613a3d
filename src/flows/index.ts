// The face of what is taught.
export { FLOWS, runScenario, variantOf } from './run';
export * from './types';
