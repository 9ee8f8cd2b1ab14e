namespace Realtime.Web.Blueprints.Criteria;

/// <summary>
/// Understands <c>populate</c> (contract B-14): all associations with 30 children each by default, those that are named
/// with all their children, none for <c>false</c>.
/// </summary>
internal static class PopulateReader
{
    public static IReadOnlyList<PopulatedAssociation> Read(ModelAttributes attributes, Given? given, CriteriaOptions options)
    {
        if (given is not { IsBlank: false } populate || (populate.Kind == GivenKind.Flag && populate.Flag))
            return [.. attributes.Associations.Select(association => Populated(association, options.DefaultPopulateLimit))];
        if (populate.Kind == GivenKind.Flag || (populate.Kind == GivenKind.Text && populate.Text == "false"))
            return [];
        var names = NameList.TryRead(populate)
            ?? throw CriteriaCodes.RefusePopulate($"\"populate\" takes association names, as a list or with commas between them, or false, not {populate}.");
        return [.. names.Select(name => Named(attributes, name)).Distinct().Select(association => Populated(association, null))];
    }

    private static ModelAttribute Named(ModelAttributes attributes, string name)
    {
        if (attributes.Find(name) is { Association: not null } association)
            return association;
        var known = attributes.Associations.Count == 0 ? "none" : string.Join(", ", attributes.Associations.Select(known => known.Name));
        throw CriteriaCodes.RefusePopulate($"There is no association {CriteriaCodes.Quote(name)}: the model has {known}.");
    }

    private static PopulatedAssociation Populated(ModelAttribute association, int? limit) =>
        new(association.Name, association.Association!, association.IsPlural ? limit : null);
}
