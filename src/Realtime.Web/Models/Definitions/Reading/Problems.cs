namespace Realtime.Web.Models.Definitions.Reading;

/// <summary>Everything that is wrong with a folder of definitions, so that it can be put right in one go.</summary>
internal sealed class Problems
{
    private readonly List<string> _all = [];

    public IReadOnlyList<string> All => _all;

    public void Add(string file, string? attribute, string sentence) =>
        _all.Add(attribute is null ? $"{file}: {sentence}" : $"{file}, attribute \"{attribute}\": {sentence}");
}
