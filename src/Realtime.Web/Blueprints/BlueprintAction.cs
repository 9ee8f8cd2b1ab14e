using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints.Actions;
using Realtime.Web.Blueprints.Describing;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints;

/// <summary>What can be done with the records of a model, whichever route asks for it (contract B-2, B-7).</summary>
/// <param name="Kind">What it does: <c>find</c>, <c>add</c>.</param>
/// <param name="Summary">The same for people.</param>
/// <param name="Method">The HTTP method of its REST route.</param>
/// <param name="Path">The path of its REST route, behind the model's.</param>
/// <param name="Describes">What it takes and gives.</param>
/// <param name="RunAsync">Does it.</param>
internal sealed record BlueprintAction(
    string Kind, string Summary, string Method, string Path, RouteDescription Describes, Func<BlueprintRequest, Task<IResult>> RunAsync)
{
    /// <summary>The parameters in paths that are primary keys.</summary>
    public static readonly IReadOnlyList<string> AllKeys = ["id", "parentid", "childid"];

    private const string One = "/{id}";

    /// <summary>Its name among the actions of its model: <c>find</c>, <c>tracks.add</c>.</summary>
    public string Name => Describes.Association is { } association ? $"{association.Name}.{Kind}" : Kind;

    /// <summary>The parameters that a path must have for it, to say which records it is about.</summary>
    public IEnumerable<string> Keys => AllKeys.Where(name => Path.Contains($"{{{name}}}", StringComparison.Ordinal));

    public static IEnumerable<BlueprintAction> Of(ModelDescription model) =>
    [
        new("find", "Finds records.", HttpMethods.Get, "", new(model, IsList: true, HasCriteria: true), Find.RunAsync),
        new("findOne", "Gets a record.", HttpMethods.Get, One, new(model), FindOne.RunAsync),
        new("create", "Creates a record, or each of a list.", HttpMethods.Post, "", new(model, Takes: RouteBody.New), Create.RunAsync),
        new("update", "Changes a record.", HttpMethods.Patch, One, new(model, Takes: RouteBody.Changes), Update.RunAsync),
        new("destroy", "Destroys a record.", HttpMethods.Delete, One, new(model), Destroy.RunAsync),
        .. model.Associations.SelectMany(association => Of(model, association)),
    ];

    private static IEnumerable<BlueprintAction> Of(ModelDescription model, AssociationDescription association)
    {
        var (all, one) = ($"/{{parentid}}/{association.Name}", $"/{{parentid}}/{association.Name}/{{childid}}");
        yield return new("populate", "Gets what is associated.", HttpMethods.Get, all,
            new(association.Target, association.IsPlural, HasCriteria: association.IsPlural, Association: association), With(Actions.Populate.RunAsync));
        if (!association.IsPlural)
            yield break;
        yield return new("replace", "Makes some records, and no others, the members.", HttpMethods.Put, all,
            new(model, Takes: RouteBody.Keys, Association: association), With(Replace.RunAsync));
        yield return new("add", "Adds a member.", HttpMethods.Put, one, new(model, Association: association), With(Add.RunAsync));
        yield return new("remove", "Removes a member.", HttpMethods.Delete, one, new(model, Association: association), With(Remove.RunAsync));

        // The association as the context of the request has it.
        Func<BlueprintRequest, Task<IResult>> With(Func<BlueprintRequest, AssociationDescription, Task<IResult>> run) =>
            request => run(request, request.Model.FindAssociation(association.Name)!);
    }
}
