export function SchemeMap() {
  return <main />;
}
