// The face of the components.
export { App } from './App/App';
