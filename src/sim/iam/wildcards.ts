// Patterns of policies: `*` any run of characters, `?` exactly one; in an ARN within each of its six parts.

export function matchesPattern(pattern: string, value: string, ignoreCase = false): boolean {
  if (pattern === '*' || pattern === value) return true;
  return ignoreCase ? matches(pattern.toLowerCase(), value.toLowerCase()) : matches(pattern, value);
}

/** From left to right; after a mismatch the last `*` takes one character more. */
function matches(pattern: string, value: string): boolean {
  let p = 0;
  let star = -1;
  let taken = 0;
  for (let v = 0; v < value.length; ) {
    const wanted = pattern[p];
    if (wanted === '*') {
      star = p++;
      taken = v;
    } else if (wanted === '?' || wanted === value[v]) {
      p++;
      v++;
    } else if (star >= 0) {
      p = star + 1;
      v = ++taken;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** `arn:partition:service:region:account:resource`; the last may hold colons. Undefined: no ARN. */
function partsOf(arn: string): readonly string[] | undefined {
  const [scheme, ...rest] = arn.split(':');
  if (scheme !== 'arn' || rest.length < 5) return undefined;
  return [...rest.slice(0, 4), rest.slice(4).join(':')];
}

/** No wildcard reaches across the colons between the parts. Source: IAM User Guide, "Resource", "ArnLike". */
export function matchesArn(pattern: string, arn: string): boolean {
  const wanted = partsOf(pattern);
  const have = partsOf(arn);
  if (!wanted || !have) return false;
  return wanted.every((part, i) => matchesPattern(part, have[i] as string));
}
