// The inspector: one step, seen five ways.
import { Content, List, Root, Trigger } from '@radix-ui/react-tabs';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useShown, useWords } from '../context';
import { BytesTab } from './BytesTab';
import { ExplainTab } from './ExplainTab';
import styles from './Inspector.module.css';
import { KnowsTab } from './KnowsTab';
import { LogTab } from './LogTab';
import { setInspectorTab, TABS, type Tab, useInspectorTab } from './tab';
import { WireTab } from './WireTab';

const VIEWS = { explain: ExplainTab, wire: WireTab, bytes: BytesTab, knows: KnowsTab, log: LogTab };

/** Moving among the tabs must not also move through the steps. */
const OWN_KEYS = ['ArrowLeft', 'ArrowRight', 'Home', 'End', ' ', 'Enter'];
const keepOwnKeys = (event: KeyboardEvent): void => {
  if (OWN_KEYS.includes(event.key)) event.stopPropagation();
};

export function Inspector() {
  const words = useWords('inspector');
  const shown = useShown();
  const tab = useInspectorTab();
  const section = useRef<HTMLElement>(null);
  const index = shown?.step?.index;

  // Another step is read from its beginning.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the step that matters, whatever is scrolled
  useEffect(() => {
    for (const panel of section.current?.querySelectorAll('[role=tabpanel]') ?? [])
      panel.scrollTop = 0;
  }, [index]);

  return (
    <section ref={section} aria-label={words('inspector')} className={styles.inspector}>
      <Root
        className={styles.root}
        value={tab}
        onValueChange={(value) => setInspectorTab(value as Tab)}
      >
        <List aria-label={words('tabs')} className={styles.tabs} onKeyDown={keepOwnKeys}>
          {TABS.map((one) => (
            <Trigger key={one} value={one} className={styles.tab}>
              {words(`tab ${one}`)}
            </Trigger>
          ))}
        </List>
        {TABS.map((one) => {
          const View = VIEWS[one];
          return (
            <Content key={one} value={one} className={styles.content}>
              {shown && one === tab && <View key={index} shown={shown} />}
            </Content>
          );
        })}
      </Root>
    </section>
  );
}
