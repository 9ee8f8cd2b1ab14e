namespace Realtime.Web.Blueprints;

/// <summary>The English plural of an identity (contract B-6): by the rules, but for words that follow none.</summary>
internal static class Plural
{
    // An identity may be several words run together, of which the last one is in the plural: salesperson.
    private static readonly (string One, string Many)[] Endings =
    [
        ("person", "people"), ("child", "children"), ("woman", "women"), ("mouse", "mice"), ("foot", "feet"), ("tooth", "teeth"),
        ("goose", "geese"), ("analysis", "analyses"), ("basis", "bases"), ("crisis", "crises"), ("axis", "axes"), ("thesis", "theses"),
        ("criterion", "criteria"), ("index", "indices"), ("vertex", "vertices"), ("matrix", "matrices"), ("quiz", "quizzes"),
        ("knife", "knives"), ("life", "lives"), ("wife", "wives"), ("leaf", "leaves"), ("shelf", "shelves"), ("thief", "thieves"),
        ("hero", "heroes"), ("potato", "potatoes"), ("tomato", "tomatoes"), ("echo", "echoes"),
        ("sheep", "sheep"), ("fish", "fish"), ("series", "series"), ("species", "species"), ("news", "news"), ("data", "data"),
        ("media", "media"), ("equipment", "equipment"), ("information", "information"), ("feedback", "feedback"), ("money", "money"),
    ];

    // Too short to be looked for at the end of others: a human is no man.
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["man"] = "men", ["ox"] = "oxen", ["die"] = "dice", ["half"] = "halves", ["self"] = "selves", ["wolf"] = "wolves", ["calf"] = "calves",
        ["loaf"] = "loaves", ["deer"] = "deer",
    };

    public static string Of(string word)
    {
        if (Words.TryGetValue(word, out var known))
            return known;
        foreach (var (one, many) in Endings)
        {
            if (word.EndsWith(one, StringComparison.Ordinal))
                return word[..^one.Length] + many;
        }
        if (word is [.., 'y'] and not [.., 'a' or 'e' or 'i' or 'o' or 'u', 'y'])
            return $"{word[..^1]}ies";
        return word is [.., 's' or 'x' or 'z'] or [.., 'c' or 's', 'h'] ? $"{word}es" : $"{word}s";
    }
}
