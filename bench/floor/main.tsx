// The least that a page with this app's libraries does at a click: a number changes, a box flies.
import { domAnimation, LazyMotion } from 'framer-motion';
import * as m from 'framer-motion/m';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

function Page() {
  const [step, setStep] = useState(0);
  const [moving, setMoving] = useState(false);
  return (
    <LazyMotion features={domAnimation} strict>
      <button
        type="button"
        onClick={() => {
          setStep(step + 1);
          setMoving(true);
        }}
      >
        Next step
      </button>
      <p data-arriving={moving || undefined}>{step}</p>
      {moving && (
        <m.div
          key={step}
          style={{ width: 60, height: 40, background: 'teal' }}
          initial={{ x: 0, y: 0 }}
          animate={{ x: [0, 500], y: [0, 200] }}
          transition={{ duration: 0.52, ease: 'easeInOut' }}
          onAnimationComplete={() => setMoving(false)}
        />
      )}
    </LazyMotion>
  );
}

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
