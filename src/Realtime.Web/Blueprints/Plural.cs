namespace Realtime.Web.Blueprints;

/// <summary>The English plural of an identity, by the regular rules (contract B-6).</summary>
internal static class Plural
{
    public static string Of(string word)
    {
        if (word is [.., 'y'] and not [.., 'a' or 'e' or 'i' or 'o' or 'u', 'y'])
            return $"{word[..^1]}ies";
        return word is [.., 's' or 'x' or 'z'] or [.., 'c' or 's', 'h'] ? $"{word}es" : $"{word}s";
    }
}
