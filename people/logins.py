"""The three database roles. Cluster-wide, hence prefixed."""

#: migrates and makes test databases; owns every object
OWNER = "varig_owner"
#: the web and the jobs; owns nothing, is a member of nothing
APP = "varig_app"
#: owns the evidence; nobody can log in as it
AUDIT = "varig_audit"
