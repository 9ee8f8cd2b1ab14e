using Microsoft.EntityFrameworkCore.Metadata;

namespace Realtime.Web.Blueprints.Criteria;

/// <summary>An association whose records shall come along (contract B-14).</summary>
/// <param name="Name">The JSON name of the association.</param>
/// <param name="Association">The navigation, or skip navigation, of the model.</param>
/// <param name="Limit">How many children at most; null: all, and always null for a singular association.</param>
public sealed record PopulatedAssociation(string Name, INavigationBase Association, int? Limit);
