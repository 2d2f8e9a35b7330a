using System.Runtime.InteropServices;
using ComIm.Client.Sessions;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects.Endpoints;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>
/// A session of an application's own: ComIm carries the invitation with a description that the applications agree upon, and knows
/// nothing of what they do then.
/// </summary>
[ClassInterface(ClassInterfaceType.None)]
internal sealed class UccApplicationSession : SessionObject
{
    /// <summary>A session that we begin.</summary>
    public UccApplicationSession(UccServerEndpoint endpoint, IUccContext? context)
        : base(
            endpoint, UccCoclasses.UccApplicationSession, UCC_SESSION_TYPE.UCCST_APPLICATION, context,
            context == null ? null : ConversationIdProperty.Read(context))
    {
    }

    /// <summary>A session that somebody else begins.</summary>
    public UccApplicationSession(UccServerEndpoint endpoint, ImSession link)
        : base(endpoint, UccCoclasses.UccApplicationSession, UCC_SESSION_TYPE.UCCST_APPLICATION, ConversationIdProperty.ContextOf(link), link.ConversationId) =>
        Admit(link);

    /// <summary>The description is the application's to give, so it is asked before anything is answered.</summary>
    internal override bool TryAccept(ImSession link)
    {
        if (link.State != ImSessionState.Offered || Remote is not UccApplicationSessionParticipant inviter)
        {
            return false;
        }

        inviter.AskForAnswer(link);
        return true;
    }

    private protected override ParticipantObject MakeParticipant(IUccUri uri, IUccContext? context, bool isLocal) =>
        new UccApplicationSessionParticipant(this, uri, context, isLocal);

    private protected override void Begin(ParticipantObject participant, ImSession link)
    {
        Listen(participant, link);
        link.ConversationId = ConversationId;
        ((UccApplicationSessionParticipant)participant).AskForOffer(link);
    }

    private protected override void Listen(ParticipantObject participant, ImSession link)
    {
        link.StateChanged += (_, e) =>
        {
            if (e.NewState == ImSessionState.Connected && !participant.IsInviter)
            {
                ((UccApplicationSessionParticipant)participant).TellAnswer(link);
            }
        };
        base.Listen(participant, link);
    }
}
