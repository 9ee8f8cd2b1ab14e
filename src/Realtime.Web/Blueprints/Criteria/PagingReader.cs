namespace Realtime.Web.Blueprints.Criteria;

/// <summary>Understands <c>limit</c> and <c>skip</c> (contract B-11).</summary>
internal static class PagingReader
{
    public static int? Limit(Given? given, CriteriaOptions options)
    {
        if (given is not { } limit)
            return options.DefaultLimit;
        var read = limit.Kind == GivenKind.Null ? -1 : limit.AsWhole()
            ?? throw CriteriaCodes.Refuse($"The limit is a whole number, not {limit}.");
        int? asked = read < 0 || read > int.MaxValue ? null : (int)read;
        if (options.MaxLimit is { } max && !(asked <= max))
            throw CriteriaCodes.Refuse($"The limit is {max} at most.");
        return asked;
    }

    public static int Skip(Given? given)
    {
        if (given is not { } skip)
            return 0;
        if (skip.AsWhole() is { } read and >= 0)
            return read > int.MaxValue ? int.MaxValue : (int)read;
        throw CriteriaCodes.Refuse($"The skip is a whole number from 0 on, not {skip}.");
    }
}
