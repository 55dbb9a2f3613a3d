// GetObjectAttributes: what S3 has about an object, without the object. (API reference of GetObjectAttributes)
import { Refusal } from '../refusal';
import type { Headers, Operation } from '../types';
import { checksumElement } from './checksums';
import { refuseVersion, type S3Handler } from './context';
import type { IndexEntry } from './key-index';
import { find, openChecksum, refuseChoice } from './reading';
import { answer } from './responses';
import { NAMESPACE, XML, xml } from './xml';

const HEADER = 'x-amz-object-attributes';
const NAMES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const;
type Name = (typeof NAMES)[number];

const isName = (text: string): text is Name => (NAMES as readonly string[]).includes(text);

function namesIn(headers: Headers): readonly Name[] {
  const value = headers[HEADER];
  if (value === undefined)
    throw new Refusal(
      400,
      'InvalidRequest',
      'The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty',
    );
  return value
    .split(',')
    .map((name) => name.trim())
    .map((name) => {
      if (isName(name)) return name;
      throw new Refusal(400, 'InvalidArgument', 'Invalid attribute name specified.', {
        ArgumentName: HEADER,
        ArgumentValue: value,
      });
    });
}

/** A whole number in a header; `fallback` where there is none. */
function numberIn(headers: Headers, name: string, fallback: number): number {
  const value = headers[name];
  return value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : fallback;
}

/** The parts that an object was uploaded in. Each is listed only where it has a checksum of its own. */
function partsElement({ parts, checksum }: IndexEntry, headers: Headers): object {
  if (!parts) return {};
  const marker = numberIn(headers, 'x-amz-part-number-marker', 0);
  const most = Math.min(numberIn(headers, 'x-amz-max-parts', 1000), 1000);
  const listed = checksum?.type === 'COMPOSITE' ? parts.slice(marker, marker + most) : [];
  const last = listed.length > 0 ? marker + listed.length : 0;
  return {
    ObjectParts: {
      PartsCount: String(parts.length),
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(last),
      MaxParts: String(most),
      IsTruncated: String(listed.length > 0 && last < parts.length),
      Part: listed.map((part, i) => ({
        PartNumber: String(marker + i + 1),
        Size: String(part.size),
        ...checksumElement(part.checksum),
      })),
    },
  };
}

const getObjectAttributes: S3Handler = async (context) => {
  const { desk, request, query } = context;
  const { headers } = request;
  await context.authorise('s3:GetObjectAttributes');
  refuseChoice(headers);
  const names = namesIn(headers);
  refuseVersion(query.get('versionId'));
  const found = await find(context, context, headers, 'HEAD');
  const { entry, metadata, size } = found;
  if (names.includes('Checksum') || names.includes('ObjectParts')) await openChecksum(found, desk);
  const checksum = entry?.checksum;
  const elements: Readonly<Record<Name, object>> = {
    ETag: { ETag: (metadata.etag ?? '').replaceAll('"', '') },
    Checksum: checksum
      ? { Checksum: { ...checksumElement(checksum), ChecksumType: checksum.type } }
      : {},
    ObjectParts: entry ? partsElement(entry, headers) : {},
    StorageClass: { StorageClass: 'STANDARD' },
    ObjectSize: { ObjectSize: String(size) },
  };
  const asked = NAMES.filter((name) => names.includes(name)).map((name) => elements[name]);
  const body = xml({ GetObjectAttributesResponse: Object.assign({ ...NAMESPACE }, ...asked) });
  return answer(desk, 200, { ...XML, 'last-modified': metadata['last-modified'] ?? '' }, body);
};

export const attributeOperations = {
  GetObjectAttributes: getObjectAttributes,
} as const satisfies Partial<Record<Operation, S3Handler>>;
