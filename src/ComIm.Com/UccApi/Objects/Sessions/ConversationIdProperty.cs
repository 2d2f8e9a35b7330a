using ComIm.Client.Sessions;
using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>The reserved property 10000 of a session's context: the conversation that the session belongs to.</summary>
internal static class ConversationIdProperty
{
    public const int Id = 10000;

    private const int MaxLength = 256;

    /// <summary>What is to be said in the INVITE; null where the context has no such property.</summary>
    /// <exception cref="HResultException">DISP_E_TYPEMISMATCH: it is no string. E_INVALIDARG: it cannot stand in a header.</exception>
    public static string? Read(IUccContext context)
    {
        if (!context.IsPropertySet(Id))
        {
            return null;
        }

        var text = context.get_Property(Id).StringValue;
        return text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? text
            : throw new HResultException(HResults.InvalidArgument, "The conversation id, property 10000, is a text such as a GUID.");
    }

    /// <summary>The context of a session that somebody else begins.</summary>
    public static UccContext ContextOf(ImSession link)
    {
        var context = new UccContext();
        if (link.ConversationId is { } id)
        {
            context.AddProperty(Id, id);
        }

        return context;
    }
}
