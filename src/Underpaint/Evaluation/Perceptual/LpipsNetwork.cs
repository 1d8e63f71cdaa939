namespace Underpaint.Evaluation.Perceptual;

/// <summary>The classifier whose inner layers LPIPS compares.</summary>
public enum LpipsNetwork
{
    /// <summary>AlexNet: the usual choice for comparing images; they need 31×31 pixels.</summary>
    AlexNet,

    /// <summary>VGG-16: many times the work; images need 16×16 pixels.</summary>
    Vgg16,
}
