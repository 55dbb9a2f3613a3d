// Our own bugs: a page that says so, keeps what was typed (this tab remembers it), and offers a way on.
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Translation } from 'react-i18next';
import styles from './App.module.css';

interface Props {
  /** Leaves the place that broke, so that it is not drawn again. */
  readonly onLeave: () => void;
  readonly children: ReactNode;
}
interface State {
  readonly error: Error | undefined;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    reportError(new Error(`${error.message}${info.componentStack ?? ''}`, { cause: error }));
  }

  #toMap(): void {
    this.props.onLeave();
    location.hash = '#/';
    this.setState({ error: undefined });
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <Translation ns="ui">
        {(t) => (
          <main className={styles.broken}>
            <h1>{t('broken title')}</h1>
            <p>{t('broken text')}</p>
            <pre className={styles.detail}>{error.message}</pre>
            <p className={styles.ways}>
              <button type="button" className="button primary" onClick={() => location.reload()}>
                {t('broken reload')}
              </button>
              <button type="button" className="button" onClick={() => this.#toMap()}>
                {t('broken map')}
              </button>
            </p>
          </main>
        )}
      </Translation>
    );
  }
}
