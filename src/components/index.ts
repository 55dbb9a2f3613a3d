// The face of the components.
export { App, loadTheRest } from './App/App';
