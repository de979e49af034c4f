/**
 * Has the browser start its graphics process: the first context of any page waits for that, and here
 * it keeps nobody waiting. Answers when there is one, or cannot be.
 */
try {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  // Contexts are made lazily; an answer from the graphics process is the proof.
  gl?.getParameter(gl.MAX_TEXTURE_SIZE);
} finally {
  postMessage('awake');
}
