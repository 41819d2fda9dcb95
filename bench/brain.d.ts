/** brain.js 1.x brings no types; these are the parts that the bench calls. */
declare module "brain.js/dist/neural-network.js" {
  export class NeuralNetwork {
    constructor(options: { hiddenLayers: number[]; activation: string });
    train(
      data: { input: number[]; output: number[] }[],
      options: { iterations: number; learningRate: number; errorThresh: number; log: boolean },
    ): unknown;
    run(input: number[]): Float32Array;
  }
}
