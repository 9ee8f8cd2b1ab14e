using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Realtime.Web.Blueprints;

/// <summary>A model's actions, for further routes.</summary>
internal interface IBlueprintRoutes
{
    IReadOnlyList<BlueprintAction> Actions { get; }

    /// <summary>Lets a route do an action.</summary>
    /// <param name="action">One of <see cref="Actions"/>.</param>
    /// <param name="pattern">The pattern of the path.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="parameters">Names of parameters in the path that are parameters of the request (contract B-9), beside the keys of records.</param>
    RouteHandlerBuilder Map(BlueprintAction action, string pattern, string method, IReadOnlyList<string> parameters);
}

/// <summary>The groups of routes that blueprints were mapped into, with their models.</summary>
internal sealed class MappedBlueprints
{
    private readonly ConditionalWeakTable<RouteGroupBuilder, Dictionary<ModelName, IBlueprintRoutes>> _groups = [];

    public void Add(RouteGroupBuilder group, ModelName model, IBlueprintRoutes routes) => _groups.GetOrCreateValue(group).Add(model, routes);

    /// <summary>The models of a group; none where it is another one's.</summary>
    public IReadOnlyDictionary<ModelName, IBlueprintRoutes> Of(RouteGroupBuilder group) =>
        _groups.TryGetValue(group, out var models) ? models : new Dictionary<ModelName, IBlueprintRoutes>();
}
