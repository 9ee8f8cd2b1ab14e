using System.Globalization;
using System.Linq.Expressions;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Metadata;
using Realtime.Web.Auth;
using Realtime.Web.Blueprints;

namespace Realtime.Web.Models.Definitions.Access;

/// <summary>Follows the <c>policies</c> of a definition. Servers, with an API key, may do everything.</summary>
/// <param name="access">What the definition says.</param>
/// <param name="fallback">Who may do what it says nothing about.</param>
internal sealed class DefinedPolicy(ModelAccess? access, ClientAccess fallback) : IModelPolicy
{
    public async ValueTask<bool> AllowsAsync(ModelAction action, ModelDescription model, HttpContext request)
    {
        if (await IsServerAsync(request))
            return true;
        // Who watches a model hears of every new record, whosesoever it is.
        if (action == ModelAction.Watch && access?.Owner is not null)
            return false;
        return (access?.Owner is null || UserOf(request.User) is not null) && WhoMay(action).Admits(request.User);
    }

    public LambdaExpression? Readable(ModelDescription model, HttpContext request)
    {
        if (access?.Owner is not { } owner || IsKnownServer(request))
            return null;
        var record = Expression.Parameter(model.EntityType.ClrType, "record");
        var column = ColumnOf(model, owner);
        return Expression.Lambda(KeyOf(request.User, column) is { } key
            ? Expression.Equal(Records.Value(record, column), Expression.Constant(key, column.ClrType))
            : Expression.Constant(false), record);
    }

    public bool IsPublic(ModelDescription model) => WhoMay(ModelAction.Read) == ClientAccess.Clients && !HasOwners;

    public ImposedValue? Imposed(ModelDescription model, HttpContext request)
    {
        if (access?.Owner is not { } owner || IsKnownServer(request))
            return null;
        return new ImposedValue(owner, KeyOf(request.User, ColumnOf(model, owner))
            ?? throw new RealtimeException(ErrorCodes.Forbidden, $"This user can own no {model.Name}."));
    }

    /// <summary>Who may do something.</summary>
    public ClientAccess WhoMay(ModelAction action) => action switch
    {
        ModelAction.Read => access?.Read,
        ModelAction.Subscribe or ModelAction.Watch => access?.Subscribe ?? access?.Read,
        _ => access?.Write,
    } ?? fallback;

    /// <summary>Whether records are somebody's.</summary>
    public bool HasOwners => access?.Owner is not null;

    private static string? UserOf(ClaimsPrincipal user) =>
        user.Identity is { IsAuthenticated: true } ? user.FindFirstValue(ClaimTypes.NameIdentifier) ?? user.FindFirstValue("sub") : null;

    private static IProperty ColumnOf(ModelDescription model, string owner) =>
        model.FindAssociation(owner)?.Columns?[0] ?? model.EntityType.FindProperty(owner)!;

    // The user's id, as a value of the attribute; null if it cannot be one.
    private static object? KeyOf(ClaimsPrincipal principal, IProperty column)
    {
        if (UserOf(principal) is not { } user || column.ClrType == typeof(string))
            return UserOf(principal);
        if ((Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType) == typeof(Guid))
            return Guid.TryParse(user, out var guid) ? guid : null;
        return long.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static bool IsKnownServer(HttpContext request) => request.Features.Get<KnownServer>() is not null
        || request.User.Identities.Any(identity => identity.IsAuthenticated && identity.AuthenticationType == ApiKeyHandler.SchemeName);

    // Where the application has a scheme of its own for clients, nobody has looked for the key yet.
    private static async ValueTask<bool> IsServerAsync(HttpContext request)
    {
        if (IsKnownServer(request))
            return true;
        if (!(await request.AuthenticateAsync(ApiKeyHandler.SchemeName)).Succeeded)
            return false;
        request.Features.Set(new KnownServer());
        return true;
    }

    private sealed class KnownServer;
}
