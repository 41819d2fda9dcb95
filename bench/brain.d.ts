/** brain.js 1.x has no types and is CommonJS; these are the parts that the bench calls. */
declare module "brain.js/dist/neural-network.js" {
  class NeuralNetwork {
    constructor(options: { hiddenLayers: number[]; activation: string });
    train(
      data: { input: number[]; output: number[] }[],
      options: { iterations: number; learningRate: number; errorThresh: number; log: boolean },
    ): unknown;
    run(input: number[]): Float32Array;
  }
  const exported: { default: typeof NeuralNetwork };
  export default exported;
}
