using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Describing;

/// <summary>What a route of a model takes and gives, for its OpenAPI description.</summary>
/// <param name="Answers">The model of the records that it answers with.</param>
/// <param name="IsList">Whether it answers with a list of them.</param>
/// <param name="Takes">What its body holds.</param>
/// <param name="HasCriteria">Whether the query string may filter, sort and page.</param>
/// <param name="Association">The association that the route is about, if it is about one.</param>
internal sealed record RouteDescription(
    ModelDescription Answers, bool IsList = false, RouteBody Takes = RouteBody.None, bool HasCriteria = false, AssociationDescription? Association = null);

/// <summary>What the body of a request to a model holds.</summary>
internal enum RouteBody
{
    None,

    /// <summary>The values of a new record, or a list of such.</summary>
    New,

    /// <summary>The values that change.</summary>
    Changes,

    /// <summary>Primary keys of children.</summary>
    Keys,
}
