// S3 speaks XML: reading what a client sends, writing what S3 answers.
import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { fromUtf8, toUtf8 } from '../crypto/bytes';
import { Refusal } from '../refusal';
import type { Bytes } from '../types';

export const NAMESPACE = { '@_xmlns': 'http://s3.amazonaws.com/doc/2006-03-01/' };
export const XML = { 'content-type': 'application/xml' };

const LISTS = ['Rule', 'Object', 'Part'];
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => LISTS.includes(name),
});
const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: false });

export const malformed = (): Refusal =>
  new Refusal(
    400,
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );

/** The content of the root element `root`; S3's MalformedXML when the body is something else. */
export function readXml(body: Bytes, root: string): Readonly<Record<string, unknown>> {
  let document: Record<string, unknown>;
  try {
    document = parser.parse(toUtf8(body), true) as Record<string, unknown>;
  } catch {
    throw malformed();
  }
  const content = document[root];
  if (typeof content === 'string' && content.trim() === '') return {};
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw malformed();
  return content as Record<string, unknown>;
}

/** The text of an element, or undefined when it is not there or holds others. */
export const textOf = (element: unknown): string | undefined =>
  typeof element === 'string' ? element : undefined;

/** Characters that XML 1.0 cannot hold go out as references, as S3 does; `encoding-type=url` avoids them. */
const references = (text: string): string =>
  text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be replaced
    /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g,
    (c) => `&#x${c.charCodeAt(0).toString(16)};`,
  );

export const xml = (document: object): Bytes =>
  fromUtf8(`<?xml version="1.0" encoding="UTF-8"?>\n${references(builder.build(document))}`);
