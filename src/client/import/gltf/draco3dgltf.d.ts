declare module 'draco3dgltf/draco_decoder_gltf_nodejs.js' {
  const create: (options: { readonly wasmBinary?: ArrayBuffer }) => Promise<unknown>;
  // biome-ignore lint/style/noDefaultExport: the package has one
  export default create;
}

declare module 'draco3dgltf' {
  const draco3d: {
    createEncoderModule(): Promise<unknown>;
    createDecoderModule(): Promise<unknown>;
  };
  // biome-ignore lint/style/noDefaultExport: the package has one
  export default draco3d;
}
