import { join } from 'node:path';
import ts from 'typescript';

/** Gives what TypeScript says of a file with another text in it: a slip that does not compile is none. */
export function typeChecker(root: string, files: readonly string[]) {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile;
  const known = new Map<string, ts.SourceFile | undefined>();
  let program: ts.Program | undefined;

  return (file: string, text: string): readonly string[] => {
    const path = join(root, file);
    host.getSourceFile = (name, languageVersion) => {
      if (name === path) return ts.createSourceFile(name, text, languageVersion, true);
      if (!known.has(name)) known.set(name, read(name, languageVersion));
      return known.get(name);
    };
    const rootNames = files.map((one) => join(root, one));
    program = ts.createProgram({ rootNames, options, host, ...(program && { oldProgram: program }) });
    const source = program.getSourceFile(path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
    );
  };
}
