// The page of a browser that gives no WebCrypto: what to do.
import { useWords } from '../context';
import styles from './Insecure.module.css';
import { secureAddresses } from './webcrypto';

export function Insecure() {
  const words = useWords('panels');
  const addresses = secureAddresses(location);
  return (
    <main className={styles.page}>
      <h1>{words('insecure title')}</h1>
      <p>{words('insecure why')}</p>
      {addresses.length === 0 ? (
        <p>{words('insecure browser')}</p>
      ) : (
        <>
          <p>{words('insecure what')}</p>
          <ul className={styles.ways}>
            {addresses.map((address) => (
              <li key={address}>
                <a href={`${address}${location.hash}`}>{address}</a>
                <span>
                  {words(address.startsWith('https') ? 'insecure https' : 'insecure local')}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </main>
  );
}
