namespace Realtime.Web.Models.Definitions.Reading;

/// <summary>A folder of definitions: one model a file, whose name is the model's.</summary>
internal static class DefinitionFolder
{
    /// <summary>The service itself answers at these paths.</summary>
    public static readonly IReadOnlyList<string> Taken = ["api", "demo", "health", "metrics", "openapi", "realtime", "rooms"];

    /// <summary>Reads all definitions of a folder.</summary>
    /// <exception cref="ModelDefinitionException">One of them is wrong.</exception>
    public static IReadOnlyList<ModelDefinition> Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new ModelDefinitionException([$"{folder}: there is no such folder. Make it, or set Realtime:Models:Folder to the folder of the model definitions."]);
        var (models, problems) = (new List<ModelDefinition>(), new Problems());
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            // model.schema.json and the like may lie beside the definitions.
            if (name.EndsWith(".schema", StringComparison.Ordinal))
                continue;
            if (NameOf(name, path, problems) is { } identity && DefinitionReader.Read(identity, path, File.ReadAllText(path), problems) is { } model)
                models.Add(model);
        }
        foreach (var same in models.GroupBy(model => model.Table, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
            problems.Add(same.Last().File, null, $"another model has the table \"{same.Key}\" already: set \"tableName\".");
        var routes = models.SelectMany(model => model.Routes.Select(route => (model.File, Route: route.ToString())));
        foreach (var same in routes.GroupBy(pair => pair.Route, pair => pair.File, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1))
            problems.Add(same.Last(), null, $"another model has the route \"{same.Key}\" already: give it another path.");
        if (problems.All.Count == 0)
            AssociationCheck.Run(models, problems);
        return problems.All.Count == 0 ? models : throw new ModelDefinitionException(problems.All);
    }

    private static ModelName? NameOf(string text, string file, Problems problems)
    {
        if (Taken.Contains(text.ToLowerInvariant()))
        {
            problems.Add(file, null, $"the service itself answers at /{text.ToLowerInvariant()}: rename the file.");
            return null;
        }
        try
        {
            return ModelName.Parse(text);
        }
        catch (RealtimeException wrong)
        {
            problems.Add(file, null, $"the name of the file is the model's. {wrong.Message}");
            return null;
        }
    }
}
