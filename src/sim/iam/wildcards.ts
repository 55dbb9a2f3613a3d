// Patterns of policies: `*` any run of characters, `?` exactly one; in an ARN within each of its six parts.

export function matchesPattern(pattern: string, value: string, ignoreCase = false): boolean {
  if (pattern === '*' || pattern === value) return true;
  if (!/[*?]/.test(pattern)) return ignoreCase && pattern.toLowerCase() === value.toLowerCase();
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(value);
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
