namespace Realtime.Web.Models.Definitions.Reading;

/// <summary>Whether the two ends of each association know each other.</summary>
internal static class AssociationCheck
{
    public static void Run(IReadOnlyList<ModelDefinition> models, Problems problems)
    {
        var byName = models.ToDictionary(model => model.Name);
        foreach (var model in models)
        {
            foreach (var association in model.Associations)
            {
                if (Wrong(model, association, byName) is { } sentence)
                    problems.Add(model.File, association.Name, sentence);
            }
            if (model.Access?.Owner is { } owner && !IsOwner(model, owner))
                problems.Add(model.File, null, $"the \"owner\" of its \"policies\" is \"{owner}\": name an attribute of type string, integer or uuid, or a \"model\" association.");
        }
    }

    private static bool IsOwner(ModelDefinition model, string owner) =>
        model.Attributes.Any(attribute => attribute.Name == owner && attribute.Type is DefinedType.String or DefinedType.Uuid or DefinedType.Integer)
        || model.FindAssociation(owner) is { IsPlural: false };

    private static string? Wrong(ModelDefinition model, AssociationDefinition association, Dictionary<ModelName, ModelDefinition> byName)
    {
        if (!byName.TryGetValue(association.Target, out var target))
            return $"there is no model \"{association.Target}\": add {association.Target}.json, or name one of {string.Join(", ", byName.Keys.Order())}.";
        if (association.Via is not { } via)
            return null;
        if (target.FindAssociation(via) is not { } other)
            return $"\"via\" is \"{via}\", which is no association of {target.Name}: add it there, {{\"{via}\": {{\"model\": \"{model.Name}\"}}}}.";
        if (other == association && target == model)
            return "\"via\" names the attribute itself: an association has two ends, so name another attribute.";
        if (other.Target != model.Name)
            return $"\"via\" is \"{via}\", which leads from {target.Name} to {other.Target}, not to {model.Name}: name another attribute.";
        if (other.IsPlural && other.Via != association.Name)
            return $"\"via\" is \"{via}\", a collection of {target.Name} that must say so too: add \"via\": \"{association.Name}\" there.";
        if (!other.IsPlural && model.Associations.Any(rival => rival.Name != association.Name && rival.Via == via && rival.Target == target.Name))
            return $"another collection has the same \"via\", \"{via}\" of {target.Name}: an association has two ends only.";
        return null;
    }
}
