/** An error that is dropped says why: on its line, or on the line before. */
const isDropped = (node) =>
  node.callee.type === 'MemberExpression' &&
  node.callee.property.name === 'catch' &&
  node.arguments[0]?.type === 'ArrowFunctionExpression' &&
  node.arguments[0].params.length === 0 &&
  node.arguments[0].body.type === 'Identifier' &&
  node.arguments[0].body.name === 'undefined';

export const droppedErrors = {
  rules: {
    'say-why': {
      meta: {
        type: 'problem',
        messages: { why: 'Say why this error is dropped, here or on the line before; or log it.' },
      },
      create(context) {
        const { sourceCode } = context;
        /** Lines that hold a comment, or follow one. */
        const commented = new Set(
          sourceCode.getAllComments().flatMap(({ loc }) => [loc.start.line, loc.end.line, loc.end.line + 1]),
        );
        const isCommented = ({ start, end }) => {
          for (let line = start.line; line <= end.line; line += 1) if (commented.has(line)) return true;
          return false;
        };
        return {
          CallExpression(node) {
            if (isDropped(node) && !isCommented({ start: node.callee.property.loc.start, end: node.loc.end }))
              context.report({ node: node.callee.property, messageId: 'why' });
          },
        };
      },
    },
  },
};
