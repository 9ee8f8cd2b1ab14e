using System.Linq.Expressions;
using Microsoft.AspNetCore.Http;
using Realtime.Web.Blueprints.Criteria;
using Realtime.Web.Blueprints.Reading;
using Realtime.Web.Models;

namespace Realtime.Web.Blueprints.Actions;

/// <summary>The records at the other end of an association (contract B-22, B-33).</summary>
internal static class Populate
{
    public static async Task<IResult> RunAsync(BlueprintRequest request, AssociationDescription association)
    {
        await request.DemandAsync(ModelAction.Read);
        await request.DemandAsync(ModelAction.Read, association.Target);
        var (key, target) = (request.Key("parentid"), association.Target);
        var criteria = CriteriaReader.ReadChildren(target.EntityType, request.Criteria, request.Setup.Criteria);
        var shape = await request.ShapeAsync(target, criteria);
        var parents = Records.Where(
            Records.WithKey(Records.Of(request.Context, request.Model.EntityType), request.Model, [key]), request.Readable(request.Model));
        if (await request.ReadOneAsync(RecordShape.OfKey(request.Model), key) is not { } parent)
            return BlueprintRequest.NotFound;
        await Subscriptions.SubscribeAsync(request, request.Model, parent.Id);
        await Subscriptions.WatchAssociatedAsync(request);
        var children = Children(parents, association);
        var records = await Subscriptions.ReadAsync(request, () => request.ReadAsync(children, shape, criteria));
        if (association.IsPlural)
            return request.Answer(records);
        return records is [var only] ? request.Answer(only) : BlueprintRequest.NotFound;
    }

    private static IQueryable Children(IQueryable parents, AssociationDescription association)
    {
        var (parent, child) = (Expression.Parameter(parents.ElementType, "parent"), association.Target.EntityType.ClrType);
        var navigation = Records.Value(parent, association.Navigation);
        if (association.IsPlural)
        {
            var many = Expression.Lambda(typeof(Func<,>).MakeGenericType(parents.ElementType, typeof(IEnumerable<>).MakeGenericType(child)), navigation, parent);
            return parents.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.SelectMany),
                [parents.ElementType, child], parents.Expression, Expression.Quote(many)));
        }
        parents = Records.Where(parents, Expression.Lambda(Expression.NotEqual(navigation, Expression.Constant(null, navigation.Type)), parent));
        return parents.Provider.CreateQuery(Expression.Call(typeof(Queryable), nameof(Queryable.Select),
            [parents.ElementType, child], parents.Expression, Expression.Quote(Expression.Lambda(navigation, parent))));
    }
}
