// The face of the components.
export { App, loadTheRest } from './App/App';
export { readEmbed } from './Embed/messages';

/** The page that watches an endpoint: loaded only where it is asked for. */
export const loadLive = () => import('./Live/LiveApp').then(({ LiveApp }) => LiveApp);
