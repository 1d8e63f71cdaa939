namespace Underpaint.Experiments;

/// <summary>Which images a model is judged by. It has been trained on neither.</summary>
public enum EvaluationImages
{
    /// <summary>Those to choose by.</summary>
    Validation,

    /// <summary>Those for the final judgement.</summary>
    Test,
}
