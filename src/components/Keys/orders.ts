// What can be done with what is chosen, in the order in which it is offered.
import type { Hierarchy, KeyNode, KeyOrder } from '../../flows';

/** `leaked` and such already are not offered again. Whatever KMS refuses is offered: it says so itself. */
export function ordersFor(node: KeyNode, { leaked }: Hierarchy): readonly KeyOrder[] {
  const leak: readonly KeyOrder[] = leaked.includes(node.id) ? [] : [{ do: 'leak', node: node.id }];
  switch (node.kind) {
    case 'kms key': {
      const { key, state } = node;
      if (state === 'Deleted') return [];
      if (state === 'PendingDeletion')
        return [
          { do: 'cancel', key },
          { do: 'wait', wait: '7d' },
        ];
      return [
        { do: state === 'Enabled' ? 'disable' : 'enable', key },
        { do: 'rotate', key },
        { do: 'schedule', key },
      ];
    }
    case 'bucket key':
      return [{ do: 'wait', wait: '5m' }, ...leak];
    case 'own key':
      return node.isLost ? [] : [{ do: 'lose', key: node.key }, ...leak];
    default:
      return leak;
  }
}
