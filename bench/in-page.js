// Runs in every measured page before anything of its own: the same clockwork for the app and for what it is held against.
// A click counts from its own time stamp to the first task after the frame that shows what it did.
const bench = {
  longTasks: [],
  shift: 0,
  firstPaint: 0,
  click: undefined,

  /** The coming click: how long until the next paint, and the frames from there until all is still, `least` ms or more. */
  arm(least) {
    bench.click = new Promise((resolve) => {
      const onClick = ({ timeStamp: start }) => {
        let paint;
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => {
            paint = performance.now() - start;
          };
          port2.postMessage(0);
        });
        const frames = [];
        let last;
        let still = 0;
        const frame = (now) => {
          if (last !== undefined) frames.push(now - last);
          last = now;
          const isOver = paint !== undefined && now - start >= least && !bench.isMoving();
          still = isOver ? still + 1 : 0;
          if (still < 2) requestAnimationFrame(frame);
          else resolve({ paint, frames });
        };
        requestAnimationFrame(frame);
      };
      addEventListener('click', onClick, { capture: true, once: true });
    });
  },

  isMoving: () => document.querySelector('[data-arriving]') !== null,
  nextFrame: () => new Promise((resolve) => requestAnimationFrame(resolve)),

  /** Resolves when the timeline can be used, or with `false` when it cannot: a run is there, or under way. */
  async runIsThere(wanted = true) {
    while ((document.querySelector('input[type=range]')?.disabled === false) !== wanted)
      await bench.nextFrame();
  },
  async firstPaintIsThere() {
    while (bench.firstPaint === 0) await bench.nextFrame();
  },

  /** `times` presses on a button, each motion finished by a second press. */
  async press(button, times) {
    for (let i = 0; i < times; i++) {
      button.click();
      await bench.nextFrame();
      if (bench.isMoving()) button.click();
      await bench.nextFrame();
    }
  },
};
globalThis.bench = bench;

const watch = (type, each) =>
  new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({
    type,
    buffered: true,
  });
watch('longtask', ({ duration }) => bench.longTasks.push(duration));
watch('layout-shift', ({ value, hadRecentInput }) => {
  if (!hadRecentInput) bench.shift += value;
});
watch('paint', ({ name, startTime }) => {
  if (name === 'first-contentful-paint') bench.firstPaint = startTime;
});
