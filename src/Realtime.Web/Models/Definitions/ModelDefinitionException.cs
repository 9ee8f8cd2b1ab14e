namespace Realtime.Web.Models.Definitions;

/// <summary>Definitions of models that cannot be used, or tables that do not fit them. The service does not start with them.</summary>
/// <param name="problems">What is wrong: each a sentence that names the file and says what to do.</param>
public sealed class ModelDefinitionException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    /// <summary>What is wrong: each a sentence that names the file and says what to do.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
