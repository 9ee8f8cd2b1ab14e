using Realtime.Web.Auth;

namespace Realtime.Web.Models.Definitions.Access;

/// <summary>Who may do what with a defined model.</summary>
/// <param name="Read">Who finds records.</param>
/// <param name="Write">Who creates, changes and destroys them.</param>
/// <param name="Subscribe">Who hears of changes.</param>
/// <param name="Owner">The attribute that names the user to whom a record belongs; null where all records are everybody's.</param>
internal sealed record ModelAccess(ClientAccess? Read, ClientAccess? Write, ClientAccess? Subscribe, string? Owner);
