using Underpaint.Diffusion;

namespace Underpaint.Onnx;

/// <summary>The solvers of Underpaint in plain memory: DDIM and DPM-Solver++(2M), with the same steps in the same precision.</summary>
internal static class PlainSolver
{
    /// <summary>What the network says of noisy images at one noise level; all numbers in the order of (N, C, H, W).</summary>
    /// <param name="noisy">x_t.</param>
    /// <param name="level">Its noise level.</param>
    /// <param name="output">Where it goes.</param>
    public delegate void Denoiser(float[] noisy, NoiseLevel level, float[] output);

    /// <summary>Follows the levels, with one network call at each but the last.</summary>
    /// <param name="solver">How.</param>
    /// <param name="denoiser">The network.</param>
    /// <param name="prediction">What it predicts.</param>
    /// <param name="start">What is at the first level.</param>
    /// <param name="levels">The levels.</param>
    /// <returns>What is at the last level.</returns>
    public static float[] Follow(Solver solver, Denoiser denoiser, Prediction prediction, float[] start, IReadOnlyList<NoiseLevel> levels)
    {
        float[] current = [.. start], image = new float[start.Length], last = new float[start.Length];
        for (int i = 0; i + 1 < levels.Count; i++)
        {
            NoiseLevel from = levels[i], to = levels[i + 1];
            denoiser(current, from, image);
            ToImage(prediction, image, current, from);
            double growth = solver == Solver.DpmSolver && i > 0 ? StepGrowth.Of(levels[i - 1], from, to) : 0;
            Step(image, last, growth, current, from, to);
            (image, last) = (last, image);
        }
        return current;
    }

    // The image that an output implies, clamped, in the output's place.
    private static void ToImage(Prediction prediction, float[] output, float[] noisy, NoiseLevel level)
    {
        (float ofNoisy, float ofOutput) = prediction switch
        {
            Prediction.Noise => ((float)(1 / level.Alpha), (float)(-level.Sigma / level.Alpha)),
            Prediction.Velocity => ((float)level.Alpha, (float)-level.Sigma),
            _ => (0, 1),
        };
        for (int i = 0; i < output.Length; i++)
            output[i] = Math.Clamp(ofNoisy * noisy[i] + ofOutput * output[i], -1, 1);
    }

    // The noise that the image (or where it is heading) leaves, and both mixed again at the next level.
    private static void Step(float[] image, float[] last, double growth, float[] current, NoiseLevel from, NoiseLevel to)
    {
        (float ofImage, float ofLast) = ((float)(1 + growth / 2), (float)(-growth / 2));
        (float ofCurrent, float ofHeading) = ((float)(1 / from.Sigma), (float)(-from.Alpha / from.Sigma));
        (float alpha, float sigma) = ((float)to.Alpha, (float)to.Sigma);
        for (int i = 0; i < current.Length; i++)
        {
            float heading = growth == 0 ? image[i] : ofImage * image[i] + ofLast * last[i];
            float noise = ofCurrent * current[i] + ofHeading * heading;
            current[i] = alpha * heading + sigma * noise;
        }
    }
}
