// A page that embeds Sealed and steers it. `sealed` is where Sealed is published; here it is the same folder.
const sealed = new URL('./index.html', location.href);
const frame = document.getElementById('sealed');
const heard = document.getElementById('heard');

// The page names itself, so that Sealed listens to it and to nobody else.
sealed.search = new URLSearchParams({ embed: location.origin, level: 'overview' });
sealed.hash = '#/sse-kms?seed=k3';
frame.src = sealed.href;

const say = (message) => frame.contentWindow.postMessage({ sealed: 1, ...message }, sealed.origin);

addEventListener('message', ({ data, origin, source }) => {
  if (origin !== sealed.origin || source !== frame.contentWindow || data?.sealed !== 1) return;
  heard.textContent =
    data.event === 'place' ? `Step ${data.step} of ${data.of}: ${data.hash}` : data.event;
});

for (const button of document.querySelectorAll('button[data-do]')) {
  const { do: what, value } = button.dataset;
  const name = { open: 'hash', theme: 'theme' }[what];
  button.addEventListener('click', () => say(name ? { do: what, [name]: value } : { do: what }));
}
