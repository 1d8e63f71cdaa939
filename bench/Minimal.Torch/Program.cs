// The least that decodes an image with libtorch: arguments are a model file and a PNG file to write.
using System.Diagnostics;
using Underpaint;
using Underpaint.Reports;
using static TorchSharp.torch;

using var model = DiffusionAutoencoder.Load(args[0], "cpu", "float32");
using var codes = new CodeBatch(zeros(1, model.CodeSize));
using var image = model.Decode(codes, steps: 20);
File.WriteAllBytes(args[1], Png.Encode(image.ToPixels()[0]));
Console.WriteLine($"{(DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds:0.00} s from start to image");
