// The least that decodes an image with ONNX Runtime: arguments are an exported folder and a PNG file to write.
using System.Diagnostics;
using Underpaint.Onnx;
using Underpaint.Reports;

using var model = OnnxAutoencoder.Load(args[0], threads: 2);
var image = model.Decode([new float[model.CodeSize]], new() { Steps = 20 })[0];
File.WriteAllBytes(args[1], Png.Encode(image));
Console.WriteLine($"{(DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds:0.00} s from start to image");
